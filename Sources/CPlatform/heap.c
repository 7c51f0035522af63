#define _GNU_SOURCE
#include "heap.h"

#include <stdint.h>
#include <stdlib.h>

#if defined(__GLIBC__)
#include <limits.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

void heap_expect(size_t octets) {
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
  const size_t most = (size_t)1 << 30, huge = (size_t)1 << 21, slack = (size_t)1 << 22;
  if (octets > most) octets = most;
  // Larger objects lie with the others, up to the most that glibc takes here; nothing is given back
  // while more may come.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  // More than a fresh heap has left, so that the allocator asks the system, and for the rest too.
  mallopt(M_TOP_PAD, (int)octets);
  char *piece = malloc((size_t)1 << 18);
  uintptr_t begin = (uintptr_t)piece, end = (uintptr_t)sbrk(0);
  uintptr_t first = (begin + huge - 1) & ~(uintptr_t)(huge - 1);
  // Unless it lies elsewhere, as with another allocator in the place of glibc's.
  if (piece != NULL && first < end && end - begin <= octets + slack) {
    madvise((void *)first, end - first, MADV_HUGEPAGE);
  }
  free(piece);
  mallopt(M_TOP_PAD, 128 << 10);
#else
  (void)octets;
#endif
}
