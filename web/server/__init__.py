"""The server around the application: connections, files, logs."""
