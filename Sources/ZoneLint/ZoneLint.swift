// ZoneLint
