internal import CPlatform
internal import Glibc

/// The processors of this machine.
package enum Processors {
  /// How many this process may use at once; at least 1.
  ///
  /// Under `taskset`, or in a container with a set of its own, fewer than the machine has.
  package static var usable: Int {
    let allowed = Int(attain_processors())
    return allowed > 0 ? allowed : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
}

/// The number of this process, for messages and records.
package enum ProcessNumber {
  package static var own: Int32 { getpid() }
}
