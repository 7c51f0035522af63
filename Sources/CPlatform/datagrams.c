#define _GNU_SOURCE
#include "datagrams.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#if defined(__linux__)

int datagrams_send(int socket, const uint8_t *octets, const uint16_t *lengths, int count) {
  struct mmsghdr messages[DATAGRAMS_MOST];
  struct iovec parts[DATAGRAMS_MOST];
  if (count > DATAGRAMS_MOST) count = DATAGRAMS_MOST;
  memset(messages, 0, sizeof(messages[0]) * (size_t)count);
  for (int index = 0; index < count; index++) {
    parts[index].iov_base = (void *)octets;
    parts[index].iov_len = lengths[index];
    octets += lengths[index];
    messages[index].msg_hdr.msg_iov = &parts[index];
    messages[index].msg_hdr.msg_iovlen = 1;
  }
  return sendmmsg(socket, messages, (unsigned)count, MSG_DONTWAIT | MSG_NOSIGNAL);
}

int datagrams_receive(int socket, uint8_t *octets, size_t stride, uint16_t *lengths, int count) {
  struct mmsghdr messages[DATAGRAMS_MOST];
  struct iovec parts[DATAGRAMS_MOST];
  if (count > DATAGRAMS_MOST) count = DATAGRAMS_MOST;
  memset(messages, 0, sizeof(messages[0]) * (size_t)count);
  for (int index = 0; index < count; index++) {
    parts[index].iov_base = octets + stride * (size_t)index;
    parts[index].iov_len = stride;
    messages[index].msg_hdr.msg_iov = &parts[index];
    messages[index].msg_hdr.msg_iovlen = 1;
  }
  int received = recvmmsg(socket, messages, (unsigned)count, MSG_DONTWAIT, NULL);
  for (int index = 0; index < received; index++) {
    int cut = (messages[index].msg_hdr.msg_flags & MSG_TRUNC) != 0;
    lengths[index] = cut || messages[index].msg_len > UINT16_MAX ? 0 : (uint16_t)messages[index].msg_len;
  }
  return received;
}

#else

int datagrams_send(int socket, const uint8_t *octets, const uint16_t *lengths, int count) {
  int sent = 0;
  for (; sent < count; sent++) {
    if (send(socket, octets, lengths[sent], MSG_DONTWAIT) < 0) return sent > 0 ? sent : -1;
    octets += lengths[sent];
  }
  return sent;
}

int datagrams_receive(int socket, uint8_t *octets, size_t stride, uint16_t *lengths, int count) {
  int received = 0;
  for (; received < count; received++) {
    ssize_t length = recv(socket, octets + stride * (size_t)received, stride, MSG_DONTWAIT);
    if (length < 0) return received > 0 ? received : -1;
    lengths[received] = length > UINT16_MAX ? 0 : (uint16_t)length;
  }
  return received;
}

#endif
