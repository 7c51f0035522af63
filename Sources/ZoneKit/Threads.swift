import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many processors this process may run on.
let processorCount = Int(processors_allowed())

/// Runs `work` on `count` threads of its own while `body` runs on this one, and returns when all
/// have ended. Where the system gives no thread, there is one less.
func withThreads<Result>(
  _ count: Int, _ work: @escaping @Sendable () -> Void, _ body: () -> Result
) -> Result {
  var threads: [pthread_t] = []
  for _ in 0..<count {
    let box = unsafe Unmanaged.passRetained(Work(work))
    var thread = pthread_t()
    let failed = unsafe pthread_create(&thread, nil, runWork, unsafe box.toOpaque())
    if failed == 0 { threads.append(thread) } else { unsafe box.release() }
  }
  defer { for thread in threads { pthread_join(thread, nil) } }
  return body()
}

/// What a thread does, as an object that can be handed to it.
private final class Work: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}

/// State that threads share and wait upon.
@safe
final class Monitor<State: Sendable>: @unchecked Sendable {
  private var state: State
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ state: State) {
    self.state = state
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(change, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(change)
    unsafe pthread_mutex_destroy(mutex)
    unsafe change.deallocate()
    unsafe mutex.deallocate()
  }

  /// Lends the state to `body` alone, again after each change until it gives a result.
  func when<Result>(_ body: (inout State) -> Result?) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&state) {
        unsafe pthread_cond_broadcast(change)
        return result
      }
      unsafe pthread_cond_wait(change, mutex)
    }
  }
}

/// Has several threads, this one among them, work out `produce` for each number below `count`, and
/// hands the results to `consume` on this thread, in order, as soon as they are there.
///
/// - Parameter consume: takes from a result what it wants; false ends the work.
func pipeline<Result: Sendable>(
  _ count: Int, threads: Int, _ produce: @escaping @Sendable (Int) -> Result,
  _ consume: (Int, inout Result) -> Bool
) {
  let progress = Monitor(Progress<Result>(count: count, lead: threads + 2))
  let work: @Sendable () -> Void = {
    while let index = progress.when({ state -> Int?? in
      state.next == count ? .some(nil) : state.claim().map(Optional.some)
    }) {
      let result = produce(index)
      progress.when { $0.done[index] = result }
    }
  }
  withThreads(threads - 1, work) {
    for index in 0..<count {
      while let other = progress.when({ state -> Int?? in
        state.done[index] != nil ? .some(nil) : state.claim().map(Optional.some)
      }) {
        let result = produce(other)
        progress.when { $0.done[other] = result }
      }
      var result = progress.when { $0.done.removeValue(forKey: index) }
      let goesOn = consume(index, &result)
      progress.when { state in
        state.wanted = index + 1
        if !goesOn { state.next = count }
      }
      if !goesOn { return }
    }
  }
}

/// The results of `transform` for each number below `count`, worked out by other threads while this
/// one does `other`, and then by this one too.
///
/// - Parameter threads: how many there are with this one; nil: as many as there are processors.
package func concurrentMap<Result: Sendable, Other>(
  _ count: Int, threads: Int? = nil, _ transform: @escaping @Sendable (Int) -> Result,
  beside other: () -> Other
) -> ([Result], Other) {
  let progress = Monitor(Progress<Result>(count: count, lead: count))
  let work: @Sendable () -> Void = {
    while let index = progress.when({ state -> Int?? in .some(state.claim()) }) {
      let result = transform(index)
      progress.when { $0.done[index] = result }
    }
  }
  let others = threads.map { min($0, count) - 1 } ?? min(count, max(1, processorCount - 1))
  let other = withThreads(others, work) {
    let other = other()
    work()
    return other
  }
  let done = progress.when { $0.done }
  return ((0..<count).compactMap { done[$0] }, other)
}

/// How far a pipeline is.
private struct Progress<Result: Sendable>: Sendable {
  let count: Int
  /// How far production may be ahead of consumption, so that few results wait.
  let lead: Int
  /// The next number that nobody works on.
  var next = 0
  /// The number that is consumed next.
  var wanted = 0
  var done: [Int: Result] = [:]

  /// The next number to work on, if it is not too far ahead.
  mutating func claim() -> Int? {
    guard next < min(count, wanted + lead) else { return nil }
    next += 1
    return next - 1
  }

  init(count: Int, lead: Int) {
    self.count = count
    self.lead = lead
  }
}
