// Has the system begin to bring a file to disk, which the C library offers only as an extension
// that Swift does not see.
#ifndef WRITING_H
#define WRITING_H

// Returns at once; what it begins, fsync waits for. Does nothing where the system cannot do it.
void begin_writing(int descriptor);

#endif
