// Room for many small objects, where the allocator's own ways are slow.
#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>

// Has the allocator take so many octets of address space at once, and asks the system for huge
// pages there: objects of a large zone otherwise cost a page fault for every 4 KiB of them. Memory
// is used as it is written to, in steps of 2 MiB. At most 1 GiB; does nothing where the allocator
// is not glibc's.
void heap_expect(size_t octets);

#endif
