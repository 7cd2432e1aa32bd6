#if arch(x86_64)
  internal import _Builtin_intrinsics.intel.sse2
#endif

/// Where the bytes that matter lie among 64 bytes: bit *i* of a mask stands for byte *i*.
struct ChunkMasks {
  /// How many bytes one mask tells of.
  static let width = 64

  var delimiters: UInt64 = 0
  var quotes: UInt64 = 0
  /// Bytes below 0x10, among them all that end lines.
  var controls: UInt64 = 0
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
      return ChunkMasks(
        delimiters: Self.mask(a, b, c, d, delimiter), quotes: Self.mask(a, b, c, d, quote),
        controls: Self.bits(_mm_min_epu8(a, low), a) | Self.bits(_mm_min_epu8(b, low), b) << 16
          | Self.bits(_mm_min_epu8(c, low), c) << 32 | Self.bits(_mm_min_epu8(d, low), d) << 48)
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

/// The same on any processor, eight bytes at a time.
struct PortableChunkPatterns {
  private let delimiter: UInt64
  private let quote = WordScan.pattern(Byte.quote)
  private let lf = WordScan.pattern(Byte.lf)
  private let cr = WordScan.pattern(Byte.cr)

  init(delimiter: UInt8) {
    self.delimiter = WordScan.pattern(delimiter)
  }

  @inline(__always)
  func masks(of bytes: UnsafeRawPointer) -> ChunkMasks {
    var masks = ChunkMasks()
    var shift: UInt64 = 0
    while shift < 64 {
      let word = WordScan.load(bytes, at: Int(truncatingIfNeeded: shift))
      masks.delimiters |= Self.bits(WordScan.matches(word, delimiter)) &<< shift
      masks.quotes |= Self.bits(WordScan.matches(word, quote)) &<< shift
      masks.controls |= Self.bits(WordScan.controls(word)) &<< shift
      shift &+= 8
    }
    return masks
  }

  @inline(__always)
  func lineEnds(of bytes: UnsafeRawPointer) -> LineEndMasks {
    var masks = LineEndMasks()
    var shift: UInt64 = 0
    while shift < 64 {
      let word = WordScan.load(bytes, at: Int(truncatingIfNeeded: shift))
      masks.lineFeeds |= Self.bits(WordScan.matches(word, lf)) &<< shift
      masks.carriageReturns |= Self.bits(WordScan.matches(word, cr)) &<< shift
      shift &+= 8
    }
    return masks
  }

  /// One bit for each top bit: the multiplication moves them all into the highest byte.
  @inline(__always)
  private static func bits(_ topBits: UInt64) -> UInt64 {
    (topBits &>> 7 &* 0x0102_0408_1020_4080) &>> 56
  }
}
