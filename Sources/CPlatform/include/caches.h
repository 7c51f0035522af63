// What a program may say to the processor's caches.
#ifndef CACHES_H
#define CACHES_H

// Asks for the memory at an address, which will soon be read, and does not wait for it.
static inline void cache_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
