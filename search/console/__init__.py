"""What the commands of all packages share: help with examples, options, and printing for a person or a program."""
