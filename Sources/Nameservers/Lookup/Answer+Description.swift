import ZoneKit

extension Answer: CustomStringConvertible {
  /// The answer on one line: `NXDOMAIN`, `300 A 192.0.2.1, 192.0.2.2`.
  public var description: String { lines.joined(separator: "; ") }

  /// The answer in lines, one for each RRset.
  public var lines: [String] {
    var lines: [String]
    switch kind {
    case .data, .cname, .dname:
      lines = sets.map { set in
        let data = set.data.map(\.description).joined(separator: ", ")
        let owner = kind == .dname ? "\(set.owner) " : ""
        return "\(owner)\(set.ttl) \(set.type) \(data)"
      }
    case .referral:
      lines = sets.map { set in
        let data = set.data.map(\.description).joined(separator: ", ")
        return set.type == .ns
          ? "referral to \(set.owner): \(set.ttl) NS \(data)"
          : "glue \(set.owner) \(set.ttl) \(set.type) \(data)"
      }
    case .noData: lines = ["no data\(negativeText)"]
    case .nameError: lines = ["NXDOMAIN\(negativeText)"]
    case .lame: lines = ["neither data nor a referral to below (lame)"]
    case .failure(let code): lines = [code.description]
    }
    if !isAuthoritative, kind.isNegative || kind == .data || kind == .cname || kind == .dname {
      lines[0] += " (not authoritative)"
    }
    return lines
  }

  private var negativeText: String { negativeTTL.map { " for \($0) s" } ?? "" }
}
