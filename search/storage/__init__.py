"""Files written so that no crash tears them, JSON that carries its own checksum, and who may read and write them."""
