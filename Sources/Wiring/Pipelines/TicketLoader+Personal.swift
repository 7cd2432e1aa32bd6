import Files
import Importing
import Messages

extension TicketLoader {
  /// What hashes personal values, by the secret that the mapping names; `nil` if it hashes none.
  func personalHash(
    of mapping: Mapping
  ) throws(CommandFailure) -> (@Sendable (String) -> String)? {
    guard !mapping.hashed.isEmpty, let file = mapping.personalKey else { return nil }
    let path = RelativePath.resolve(file.path, from: mapping.file)
    guard FileTree.exists(path) else {
      throw CommandFailure(
        .wrongRules,
        """
        \(file.place.text): error: the key of personal values, \(path), is not there; make one with \
        head -c 32 /dev/urandom > \(path) and keep it, because other keys give other hashes
        """)
    }
    let key = try rules.bytes(of: path)
    guard key.count >= KeyedHash.leastKeyBytes else {
      throw CommandFailure(
        .wrongRules,
        """
        \(file.place.text): error: the key of personal values, \(path), has \(key.count) bytes, but \
        must have at least \(KeyedHash.leastKeyBytes), so that it cannot be guessed
        """)
    }
    if FileTree.isReadableByOthers(path) {
      surroundings.say(
        """
        \(path): warning: others can read the key of personal values; keep it to yourself with \
        chmod 600
        """)
    }
    let hash = KeyedHash(key: key)
    return { hash.text(of: $0) }
  }
}
