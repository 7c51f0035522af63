import Diagnostics
import ZoneKit

extension Rule {
  static let tlsaFields = Rule(
    "tlsa-fields", "TLSA record that matches nothing", .warning, group: .security,
    rationale: """
      Senders that check DANE refuse mail to a host whose TLSA records are all unusable, or fall \
      back to none at all.
      """,
    reference: "RFC 6698 2.1, RFC 7671 4, 5",
    remedy: "use '3 1 1' and the SHA-256 digest of the key",
    triggering: [
      "↓_25._tcp.mail IN TLSA 9 1 1 \(Example.digest)", "↓_25._tcp.mail IN TLSA 3 1 1 00FF",
      "↓_25._tcp.mail IN TLSA 3 1 0 \(Example.digest)",
    ],
    nonTriggering: ["_25._tcp.mail IN TLSA 3 1 1 \(Example.digest)"]
  ) { context, report in
    for value in context.zone.rrsets(.tlsa).flatMap(\.values) {
      let octets = Array(value.data.octets.prefix(3))
      let count = value.data.octets.count - 3
      guard octets.count == 3 else { continue }
      let fault: String
      if octets[0] > 3 && octets[0] < 255 {
        fault = "unknown usage \(octets[0])"
      } else if octets[1] > 1 && octets[1] < 255 {
        fault = "unknown selector \(octets[1])"
      } else if octets[2] == 1 && count != 32 || octets[2] == 2 && count != 64 {
        fault = "digest of \(count) octets, matching type \(octets[2]) has \(octets[2] * 32)"
      } else if octets[2] == 0 {
        fault = "the whole certificate or key instead of its digest"
      } else if octets[2] > 2 && octets[2] < 255 {
        fault = "unknown matching type \(octets[2])"
      } else {
        continue
      }
      report.add("TLSA of \(value.owner): \(fault)", at: value.location)
    }
  }
}
