import ZonecutCommands

Zonecut.runProcess()
