"""Every sentence of the site, in Arabic and English."""
