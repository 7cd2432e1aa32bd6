import Compression
import Importing
import ServiceTime
import TestSupport
import Testing
import Tickets

#if canImport(Glibc)
  import Glibc
#endif

/// Imports of the real exports, where they are present.
enum RealExports {
  static var arePresent: Bool { access(SharedData.folder + "/README.md", R_OK) == 0 }

  static func bytes(of name: String) throws -> [UInt8] {
    try contents(SharedData.folder + "/" + name)
  }

  static func contents(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }
}

extension RealExports {
  /// Imports a real export by a built-in mapping.
  static func read(
    _ name: String, preset: String, zone: String? = nil, wanted: Set<String>? = nil
  ) throws -> ImportOutcome {
    let yaml = try #require(Presets.named(preset)?.yaml)
    return try read(name, yaml: yaml, zone: zone, wanted: wanted)
  }

  static func read(
    _ name: String, yaml: String, zone: String? = nil, wanted: Set<String>? = nil
  ) throws -> ImportOutcome {
    let mapping = try Mapping.read(yaml, file: "mapping.yml")
    let contents = try name.hasSuffix(".gz") ? Gunzip.bytes(bytes(of: name)) : bytes(of: name)
    return try Importer(mapping, zone: zone.map(rules), wantedFields: wanted).read([
      ImportInput(name: name, bytes: contents)
    ])
  }

  static func rules(_ name: String) throws -> ZoneRules {
    try ZoneRules(identifier: name, tzif: contents("/usr/share/zoneinfo/" + name))
  }
}

/// Unpacks gzip through the wrapper that the tool uses.
enum Gunzip {
  static func bytes(_ packed: [UInt8]) throws -> [UInt8] {
    var rest = packed[...]
    let reader = GzipReader { buffer in
      let piece = rest.prefix(buffer.count)
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try block.withUnsafeMutableBytes { try reader.read(into: $0) }
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }
}
