// Many datagrams of a connected socket by one system call, which the C library offers only as an
// extension that Swift does not see.
#ifndef DATAGRAMS_H
#define DATAGRAMS_H

#include <stddef.h>
#include <stdint.h>

// The most datagrams of one call; what is beyond is left for the next.
#define DATAGRAMS_MOST 64

// Sends `count` datagrams that stand one behind the other in `octets`, `lengths` long each.
// Returns how many were sent, or -1 with errno set where the first was not. Never waits.
int datagrams_send(int socket, const uint8_t *octets, const uint16_t *lengths, int count);

// Receives up to `count` datagrams, the first to `octets`, each next `stride` octets further, and
// their lengths; one longer than `stride` gets the length 0. Returns how many came, or -1 with
// errno set where none did. Never waits.
int datagrams_receive(int socket, uint8_t *octets, size_t stride, uint16_t *lengths, int count);

#endif
