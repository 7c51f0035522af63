import ArgumentParser
import Diagnostics
import Foundation
import Propagation

extension LocalTime {
  /// The local time of a zone of the IANA time zone database: `Australia/Perth`.
  ///
  /// - Throws: `ValidationError` for a name that the database does not have.
  init(named name: String) throws {
    guard let zone = TimeZone(identifier: name) else {
      let hint = Self.suggestion(for: name).map { "; did you mean \($0)?" } ?? ""
      throw ValidationError(
        "found '\(visible(name))', expected a time zone such as Australia/Perth\(hint)")
    }
    self.init(name: name) { instant in
      let date = Date(timeIntervalSince1970: Double(instant.secondsSince1970))
      return TimeSpan(seconds: Int64(zone.secondsFromGMT(for: date)))
    }
  }

  /// The nearest name of the database, if one is near: by its whole, or by its city alone.
  private static func suggestion(for name: String) -> String? {
    let wanted = String(name.lowercased().map { $0 == " " ? "_" : $0 })
    let candidates = TimeZone.knownTimeZoneIdentifiers.map { known in
      let whole = known.lowercased()
      let city = whole.split(separator: "/").last.map(String.init) ?? whole
      return (known, min(editDistance(whole, wanted), editDistance(city, wanted)))
    }
    return candidates.filter { $0.1 <= max(1, wanted.utf8.count / 4) }
      .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }
}
