#if arch(x86_64)
  internal import _Builtin_intrinsics.intel.sse2
#endif

/// Where the bytes that matter lie among 64 bytes: bit *i* of a mask stands for byte *i*.
struct ChunkMasks {
  /// How many bytes one mask tells of.
  static let width = 64

  var delimiters: UInt64 = 0
  var quotes: UInt64 = 0
  /// Whether there are bytes below 0x10, among them all that end lines.
  var hasControls = false
}

/// Line ends need a second look, which few chunks need.
struct LineEndMasks {
  var lineFeeds: UInt64 = 0
  var carriageReturns: UInt64 = 0
}

#if arch(x86_64)
  /// Finds wanted bytes 16 at a time, with SSE2, which is part of every x86-64 processor.
  struct ChunkPatterns {
    private let delimiter: __m128i
    private let quote = _mm_set1_epi8(CChar(bitPattern: Byte.quote))
    private let low = _mm_set1_epi8(0x0f)
    private let lf = _mm_set1_epi8(CChar(bitPattern: Byte.lf))
    private let cr = _mm_set1_epi8(CChar(bitPattern: Byte.cr))

    init(delimiter: UInt8) {
      self.delimiter = _mm_set1_epi8(CChar(bitPattern: delimiter))
    }

    @inline(__always)
    func masks(of bytes: UnsafeRawPointer) -> ChunkMasks {
      let a = bytes.loadUnaligned(fromByteOffset: 0, as: __m128i.self)
      let b = bytes.loadUnaligned(fromByteOffset: 16, as: __m128i.self)
      let c = bytes.loadUnaligned(fromByteOffset: 32, as: __m128i.self)
      let d = bytes.loadUnaligned(fromByteOffset: 48, as: __m128i.self)
      let least = _mm_min_epu8(_mm_min_epu8(a, b), _mm_min_epu8(c, d))
      return ChunkMasks(
        delimiters: Self.mask(a, b, c, d, delimiter), quotes: Self.mask(a, b, c, d, quote),
        hasControls: Self.bits(_mm_min_epu8(least, low), least) != 0)
    }

    @inline(__always)
    func lineEnds(of bytes: UnsafeRawPointer) -> LineEndMasks {
      let a = bytes.loadUnaligned(fromByteOffset: 0, as: __m128i.self)
      let b = bytes.loadUnaligned(fromByteOffset: 16, as: __m128i.self)
      let c = bytes.loadUnaligned(fromByteOffset: 32, as: __m128i.self)
      let d = bytes.loadUnaligned(fromByteOffset: 48, as: __m128i.self)
      return LineEndMasks(
        lineFeeds: Self.mask(a, b, c, d, lf), carriageReturns: Self.mask(a, b, c, d, cr))
    }

    @inline(__always)
    private static func mask(
      _ a: __m128i, _ b: __m128i, _ c: __m128i, _ d: __m128i, _ pattern: __m128i
    ) -> UInt64 {
      bits(a, pattern) | bits(b, pattern) << 16 | bits(c, pattern) << 32 | bits(d, pattern) << 48
    }

    /// One bit for each of 16 bytes.
    @inline(__always)
    private static func bits(_ bytes: __m128i, _ pattern: __m128i) -> UInt64 {
      UInt64(UInt32(bitPattern: _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, pattern))))
    }
  }
#else
  typealias ChunkPatterns = PortableChunkPatterns
#endif

/// The same on any processor.
struct PortableChunkPatterns {
  private typealias Bytes = SIMD16<UInt8>

  private let delimiter: Bytes
  private let quote = Bytes(repeating: Byte.quote)
  private let lf = Bytes(repeating: Byte.lf)
  private let cr = Bytes(repeating: Byte.cr)
  private let firstNoControl = Bytes(repeating: 0x10)

  init(delimiter: UInt8) {
    self.delimiter = Bytes(repeating: delimiter)
  }

  @inline(__always)
  func masks(of bytes: UnsafeRawPointer) -> ChunkMasks {
    ChunkMasks(
      delimiters: Self.mask(of: bytes) { $0 .== delimiter },
      quotes: Self.mask(of: bytes) { $0 .== quote },
      hasControls: Self.mask(of: bytes) { $0 .< firstNoControl } != 0)
  }

  @inline(__always)
  func lineEnds(of bytes: UnsafeRawPointer) -> LineEndMasks {
    LineEndMasks(
      lineFeeds: Self.mask(of: bytes) { $0 .== lf },
      carriageReturns: Self.mask(of: bytes) { $0 .== cr })
  }

  /// Eight words of eight answers (a byte of ones, or of zeros) become one word: word *j* gives
  /// bit *j* of every byte, and a transposition puts the eight bits of a word side by side.
  @inline(__always)
  private static func mask(
    of bytes: UnsafeRawPointer, _ answer: (Bytes) -> SIMDMask<SIMD16<Int8>>
  ) -> UInt64 {
    var gathered = SIMD2<UInt64>()
    for part in 0..<4 {
      let found = answer(bytes.loadUnaligned(fromByteOffset: part &* 16, as: Bytes.self))
      let bit = UInt64(truncatingIfNeeded: 1 &<< (part &* 2))
      gathered |=
        unsafeBitCast(found, to: SIMD2<UInt64>.self)
        & SIMD2(repeating: bit &* WordScan.ones)
    }
    return transposed(UInt64(littleEndian: gathered[0] | gathered[1] &<< 1))
  }

  /// Swaps rows and columns of 8 by 8 bits (Warren, Hacker's Delight, 7-3).
  @inline(__always)
  private static func transposed(_ bits: UInt64) -> UInt64 {
    var bits = bits
    var swapped = (bits ^ (bits &>> 7)) & 0x00aa_00aa_00aa_00aa
    bits ^= swapped ^ (swapped &<< 7)
    swapped = (bits ^ (bits &>> 14)) & 0x0000_cccc_0000_cccc
    bits ^= swapped ^ (swapped &<< 14)
    swapped = (bits ^ (bits &>> 28)) & 0x0000_0000_f0f0_f0f0
    return bits ^ swapped ^ (swapped &<< 28)
  }
}
