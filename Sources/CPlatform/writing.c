#define _GNU_SOURCE
#include "writing.h"

#include <fcntl.h>

void begin_writing(int descriptor) {
#if defined(__linux__)
  // That it fails is no failure: fsync does all.
  (void)sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
  (void)descriptor;
#endif
}
