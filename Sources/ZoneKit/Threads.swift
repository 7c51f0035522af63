#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many processors there are.
var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

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

/// The results of `body` for each number below `count`, in order, each worked out on a thread of
/// its own.
func concurrentMap<Result: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) -> Result
) -> [Result] {
  guard count > 1 else { return (0..<count).map(body) }
  let shared = Monitor((next: 0, results: [Result?](repeating: nil, count: count)))
  let work: @Sendable () -> Void = {
    while true {
      let index = shared.when { state in
        state.next += 1
        return state.next - 1
      }
      guard index < count else { return }
      let result = body(index)
      shared.when { $0.results[index] = result }
    }
  }
  withThreads(count - 1, work, work)
  return shared.when { $0.results.compactMap(\.self) }
}
