#include <errno.h>
#include <iconv.h>
#include <stddef.h>

// iconv tells by -1 that there is no such conversion; NULL does as well in Swift.
static inline void *attain_iconv_open(const char *to, const char *from) {
  iconv_t opened = iconv_open(to, from);
  return opened == (iconv_t)-1 ? NULL : opened;
}

static inline void attain_iconv_close(void *conversion) { iconv_close(conversion); }

// 0 if all was converted, else the reason to stop: E2BIG, EILSEQ or EINVAL. Without an input, what
// the conversion still holds is written, and it starts anew.
static inline int attain_iconv(
    void *conversion, char **input, size_t *inputLeft, char **output, size_t *outputLeft) {
  return iconv(conversion, input, inputLeft, output, outputLeft) == (size_t)-1 ? errno : 0;
}
