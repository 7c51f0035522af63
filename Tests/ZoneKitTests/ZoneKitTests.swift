// ZoneKit
