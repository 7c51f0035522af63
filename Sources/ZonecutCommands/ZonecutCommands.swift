// ZonecutCommands
