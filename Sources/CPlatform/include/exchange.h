// Exchanges two paths of one file system atomically, which the C library offers only as an
// extension that Swift does not see.
#ifndef EXCHANGE_H
#define EXCHANGE_H

// 0, or -1 with errno set: ENOSYS or EINVAL where the system or file system cannot do it.
int exchange_paths(const char *a, const char *b);

#endif
