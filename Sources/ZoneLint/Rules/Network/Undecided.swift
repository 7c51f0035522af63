import Diagnostics

extension Rule {
  static let resolveUndecided = Rule(
    "resolve-undecided", "what the network left undecided", .warning, group: .structure,
    rationale: """
      A server that fails, refuses or keeps silent says nothing about a name. What depends on its \
      answer is neither right nor wrong until it is asked again.
      """,
    reference: "RFC 2308 7, RFC 9499 3",
    remedy: "look at the server that is named, and lint again; --resolve wants a resolver",
    triggering: [
      Example("@ IN MX 30 mx3.example.net.", answers: "mx3.example.net. SERVFAIL")
    ],
    nonTriggering: [Example("@ IN MX 30 mx3.example.net.", answers: "")],
    network: .only, check: .unanswered)
}
