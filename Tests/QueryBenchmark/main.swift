// Asks a server for addresses that it is known to have, as fast as the query engine can, and checks
// every reply. See Scripts/benchmark --queries.

import Foundation
import Nameservers
import ZoneKit

guard CommandLine.arguments.count >= 4, let server = ServerAddress(CommandLine.arguments[1]),
  let names = Int(CommandLine.arguments[2]), let count = Int(CommandLine.arguments[3])
else {
  print("usage: query-benchmark ADDRESS@PORT NAMES COUNT [WINDOW [SOCKETS [EDNS COOKIES]]]")
  exit(64)
}
func argument(_ index: Int, or fallback: Int) -> Int {
  CommandLine.arguments.count > index ? Int(CommandLine.arguments[index]) ?? fallback : fallback
}

/// `h<index>.z.test.` has the address 10.x.y.z whose low octets are the index.
let questions = try (0..<names).map { Question(try Name(parsing: "h\($0).z.test."), .a) }

var options = QueryOptions()
options.queriesPerSecond = nil
options.window = argument(4, or: options.window)
options.socketsPerServer = argument(5, or: options.socketsPerServer)
if argument(6, or: 1) == 0 { options.payload = nil }
options.usesCookies = argument(7, or: 1) != 0

var (asked, replies, failures, wrong) = (0, 0, 0, 0)
let start = QueryEnvironment.system.now()
let statistics = QueryEngine(servers: [server], options: options).run { _ in
  guard asked < count else { return nil }
  defer { asked += 1 }
  return Query(questions[asked % names], tag: asked % names)
} finished: { _, query, outcome in
  guard case .reply(let reply) = outcome else {
    failures += 1
    return
  }
  replies += 1
  // Behind the question: pointer, type, class, TTL, length, address.
  let address = 12 + query.question.name.wire.count + 4 + 12
  let octets = reply.octets
  if reply.answerCount != 1 || !reply.isAuthoritative || octets.count < address + 4
    || octets[address] != 10 || octets[address + 1] != UInt8(query.tag >> 16 & 255)
    || octets[address + 2] != UInt8(query.tag >> 8 & 255)
    || octets[address + 3] != UInt8(query.tag & 255)
  {
    wrong += 1
  }
}
let seconds = Double(QueryEnvironment.system.now() - start) / 1_000_000_000
var usage = rusage()
_ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
let line: [String: Double] = [
  "queriesPerSecond": Double(replies) / seconds, "seconds": seconds, "replies": Double(replies),
  "failures": Double(failures), "wrong": Double(wrong), "retries": Double(statistics[0].retries),
  "ignored": Double(statistics[0].ignored),
  "userSeconds": seconds(usage.ru_utime), "systemSeconds": seconds(usage.ru_stime),
  "mebibytes": Double(usage.ru_maxrss) / 1_024,
]
print(String(decoding: try JSONSerialization.data(withJSONObject: line), as: UTF8.self))
exit(wrong == 0 && failures == 0 ? 0 : 1)
