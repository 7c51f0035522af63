/// Whether the parent zone has a DS set for the zone.
public enum ParentDS: String, Sendable, Hashable, CaseIterable {
  /// It has one: a hard stop until it is gone and forgotten.
  case present
  /// It has none, as somebody looked.
  case absent
  /// Nobody looked.
  case unknown
}
