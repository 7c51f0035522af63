import Diagnostics
import RecordSets
import ZoneKit

/// A page of a listing: an object with `ResourceRecordSets`, or the bare array of them.
struct ExportPage {
  /// The elements of `ResourceRecordSets`.
  let sets: [JSONValue]
  /// The object; nil for a bare array.
  let object: JSONValue?

  /// What a page may hold besides its sets. `HostedZone`, `DelegationSet` and `VPCs` are what
  /// `get-hosted-zone` prints, which may be kept in the same document; the metadata are those of
  /// SDKs.
  static let keys = [
    "ResourceRecordSets", "IsTruncated", "MaxItems", "NextRecordName", "NextRecordType",
    "NextRecordIdentifier", "NextToken", "ResponseMetadata", "HostedZone", "DelegationSet", "VPCs",
    "$metadata", "ResultMetadata",
  ]

  /// The member that says that more follows; nil if none does.
  var continuation: JSONValue? {
    guard let object else { return nil }
    if let isTruncated = object["IsTruncated"], isTruncated.kind == .bool(true) {
      return isTruncated
    }
    return ["NextToken", "NextRecordName"].lazy.compactMap { object[$0] }
      .first { $0.kind != .null }
  }

  /// Where the next page begins, as far as this one says: name, type, set identifier.
  private var next: [String?] {
    ["NextRecordName", "NextRecordType", "NextRecordIdentifier"].map { object?[$0]?.text }
  }

  /// Whether `page` begins where this one says that the next does.
  func isFollowed(by page: ExportPage) -> Bool {
    guard let first = page.sets.first else { return true }
    let found = ["Name", "Type", "SetIdentifier"].map { first[$0]?.text }
    return zip(next, found).allSatisfy { $0 == nil || $0 == $1 }
  }

  /// Findings about pages that do not make one whole listing, in their order.
  static func completeness(of pages: [ExportPage]) -> [Finding] {
    var findings: [Finding] = []
    for (number, page) in pages.enumerated() {
      let following = number + 1 < pages.count ? pages[number + 1] : nil
      switch (page.continuation, following) {
      case (let mark?, nil):
        findings.append(
          Finding(
            rule: "r53-export-incomplete", severity: .error,
            message: "the export is incomplete: more record sets follow the last one here",
            at: mark.location,
            help: "export again without --max-items and --no-paginate, or give all pages"))
      case (.some, let following?):
        if !page.isFollowed(by: following) {
          findings.append(
            Finding(
              rule: "r53-export-incomplete", severity: .error,
              message: "page \(number + 2) does not begin where page \(number + 1) ends",
              at: following.sets.first?.location,
              notes: page.object?["NextRecordName"].map {
                [Note("the next page begins here", at: $0.location)]
              } ?? [], help: "give all pages, in their order"))
        }
      case (nil, .some):
        // Pages without any mark, as `--query` leaves them, cannot be checked.
        if page.object?["IsTruncated"]?.kind == .bool(false) {
          findings.append(
            Finding(
              rule: "r53-export-incomplete", severity: .error,
              message: "page \(number + 1) says that it is the last, but another follows",
              at: page.object?["IsTruncated"]?.location,
              help: "give the pages of one zone, in their order"))
        }
      case (nil, nil): break
      }
    }
    return findings
  }
}

extension JSONValue {
  /// The value without the members that are null: some SDKs write all members that there are.
  var withoutNulls: JSONValue {
    guard case .object(let members) = kind else { return self }
    let kept = members.filter { $0.value.kind != .null }.map {
      JSONMember(key: $0.key, keyLocation: $0.keyLocation, value: $0.value.withoutNulls)
    }
    return JSONValue(.object(kept), at: location)
  }

  /// The string; nil if this is none.
  var text: String? {
    if case .string(let text) = kind { text } else { nil }
  }
}
