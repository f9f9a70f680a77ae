"""Files → cleaned and analysed articles, in this process or in processes beside it, in the order of the input."""
