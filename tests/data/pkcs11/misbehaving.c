/* A PKCS#11 module for tests: SoftHSM2 underneath, misbehaving on top of it as vendors' drivers
 * have been seen to (tokens facts, sections 3 and 4). Which way is said by MISBEHAVE; every
 * C_Login leaves a line in the file named by LOGIN_COUNT.
 *
 * Only what is used of PKCS#11 2.40 is declared: the function list is a version and 68 pointers.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long rv_t;
typedef struct { unsigned char major, minor; } version_t;
typedef struct { version_t version; void *f[68]; } list_t;

enum { INITIALIZE = 0, GET_FUNCTION_LIST = 3, GET_SLOT_LIST = 4, GET_SLOT_INFO = 5, GET_TOKEN_INFO = 6,
       OPEN_SESSION = 12, LOGIN = 18, GET_ATTRIBUTE_VALUE = 24, FIND_OBJECTS_INIT = 26, SIGN_INIT = 42, SIGN = 43 };
enum { OK = 0, CANT_LOCK = 0x0A, ALREADY_INITIALIZED = 0x191, USER_NOT_LOGGED_IN = 0x101, DEVICE_ERROR = 0x30, DEVICE_REMOVED = 0x32, PIN_INCORRECT = 0xA0,
       SESSION_READ_ONLY = 0xB5, FUNCTION_CANCELED = 0x50, SESSION_HANDLE_INVALID = 0xB3,
       TOKEN_NOT_RECOGNIZED = 0xE1 };
enum { FLAGS_AT = 96, RW_SESSION = 2 };
enum { PIN_PAD = 0x100, FINAL_TRY = 0x20000, LOCKED = 0x40000 };
enum { CONTEXT_SPECIFIC = 2, ALWAYS_AUTHENTICATE = 0x202 };
typedef struct { unsigned long type; void *value; unsigned long length; } attribute_t;

static list_t real, list;
static int initialized, logins, infos, confirmed, searches, signatures;

enum { HELLO = 900, STRANGER = 901, EMPTY = 902, CKA_LABEL = 0x03 };
#define ODD(slot) ((slot) >= HELLO && (slot) <= EMPTY + 2)

static int is(const char *name) {
  const char *wanted = getenv("MISBEHAVE");
  return wanted != NULL && strcmp(wanted, name) == 0;
}

static void may_talk(const char *where) {
  if (!is("prints")) return;
  printf("{\"ok\": {\"slots\": []}}\nDRIVER %s\n", where);
  fflush(stdout);
  fprintf(stderr, "DRIVER %s\n", where);
}

static void may_hang_or_crash(const char *where) {
  char name[64];
  may_talk(where);
  snprintf(name, sizeof name, "hangs-in-%s", where);
  if (is(name)) for (;;) sleep(60);
  snprintf(name, sizeof name, "crashes-in-%s", where);
  if (is(name)) abort();
}

static rv_t initialize(void *arguments) {
  may_hang_or_crash("initialize");
  if (is("cannot-lock") && initialized) return ALREADY_INITIALIZED;
  if (is("cannot-lock") && arguments != NULL) return CANT_LOCK;
  initialized = 1;
  return ((rv_t (*)(void *))real.f[INITIALIZE])(arguments);
}

/* Windows Hello, another maker's device and empty readers before the real slots. */
static rv_t many_slots(unsigned char present, unsigned long *slots, unsigned long *count) {
  static const unsigned long odd[] = { HELLO, STRANGER, EMPTY, EMPTY + 1, EMPTY + 2 };
  unsigned long added = present ? 2 : 5, room = *count, rest, i;
  rv_t rv;
  rv_t (*get)(unsigned char, unsigned long *, unsigned long *);
  *(void **)&get = real.f[GET_SLOT_LIST];
  if (slots == NULL) {
    rv = get(present, NULL, count);
    *count += added;
    return rv;
  }
  for (i = 0; i < added; i++) slots[i] = odd[i];
  rest = room - added;
  rv = get(present, slots + added, &rest);
  *count = rest + added;
  return rv;
}

static rv_t get_slot_info(unsigned long slot, unsigned char *info) {
  const char *name = slot == HELLO ? "Windows Hello for Business 1" : "Another maker's reader";
  if (!ODD(slot))
    return ((rv_t (*)(unsigned long, unsigned char *))real.f[GET_SLOT_INFO])(slot, info);
  memset(info, ' ', 96);
  memcpy(info, name, strlen(name));
  memset(info + 96, 0, 12);
  return OK;
}

static rv_t get_slot_list(unsigned char present, unsigned long *slots, unsigned long *count) {
  may_hang_or_crash("list");
  if (is("has-many-slots")) return many_slots(present, slots, count);
  return ((rv_t (*)(unsigned char, unsigned long *, unsigned long *))real.f[GET_SLOT_LIST])(
      present, slots, count);
}

static rv_t get_token_info(unsigned long slot, unsigned char *info) {
  rv_t rv;
  unsigned long flags;
  if (ODD(slot)) return TOKEN_NOT_RECOGNIZED;
  rv = ((rv_t (*)(unsigned long, unsigned char *))real.f[GET_TOKEN_INFO])(slot, info);
  if (is("has-a-bad-slot") && infos++ == 0) return DEVICE_ERROR;
  memcpy(&flags, info + FLAGS_AT, sizeof flags);
  if (is("locked-from-the-start")) flags |= LOCKED;
  if (is("locks-at-the-wrong-pin") && logins > 0) flags |= LOCKED;
  if (is("has-one-try-left") && logins > 0) flags |= FINAL_TRY;
  if (is("has-one-try-left-from-the-start")) flags |= FINAL_TRY;
  if (is("has-a-pin-pad")) flags |= PIN_PAD;
  memcpy(info + FLAGS_AT, &flags, sizeof flags);
  return rv;
}

static rv_t open_session(unsigned long slot, unsigned long flags, void *app, void *notify,
                         unsigned long *session) {
  if (ODD(slot)) return TOKEN_NOT_RECOGNIZED;
  if (is("refuses-rw") && (flags & RW_SESSION)) return SESSION_READ_ONLY;
  return ((rv_t (*)(unsigned long, unsigned long, void *, void *, unsigned long *))
              real.f[OPEN_SESSION])(slot, flags, app, notify, session);
}

static rv_t login(unsigned long session, unsigned long user, unsigned char *pin,
                  unsigned long length) {
  const char *count = getenv("LOGIN_COUNT");
  logins++;
  if (count != NULL) {
    FILE *file = fopen(count, "a");
    if (file != NULL) { fputs("login\n", file); fclose(file); }
  }
  may_hang_or_crash("login");
  if (is("fails-at-login")) return DEVICE_ERROR;
  if (is("gives-up-at-login")) return FUNCTION_CANCELED;
  if (is("asks-at-every-signature") && user == CONTEXT_SPECIFIC) {
    confirmed = 1;
    return OK;
  }
  if (is("has-a-pin-pad")) {
    if (pin != NULL) return PIN_INCORRECT;
    pin = (unsigned char *)TYPED_ON_THE_PAD;
    length = strlen(TYPED_ON_THE_PAD);
  }
  if (is("locks-at-the-wrong-pin") || is("has-one-try-left")) return PIN_INCORRECT;
  return ((rv_t (*)(unsigned long, unsigned long, unsigned char *, unsigned long))
              real.f[LOGIN])(session, user, pin, length);
}

static rv_t get_attribute_value(unsigned long session, unsigned long object,
                                attribute_t *wanted, unsigned long count) {
  unsigned long i;
  rv_t rv;
  if (is("answers-length-0"))
    for (i = 0; i < count; i++)
      if (wanted[i].value == NULL) { wanted[i].length = 0; if (i + 1 == count) return OK; }
  if (is("asks-at-every-signature") && count == 1 && wanted[0].type == ALWAYS_AUTHENTICATE) {
    if (wanted[0].value != NULL) *(unsigned char *)wanted[0].value = 1;
    wanted[0].length = 1;
    return OK;
  }
  rv = ((rv_t (*)(unsigned long, unsigned long, attribute_t *, unsigned long))
            real.f[GET_ATTRIBUTE_VALUE])(session, object, wanted, count);
  if (is("mismatches-labels"))
    for (i = 0; i < count; i++)
      if (wanted[i].type == CKA_LABEL && wanted[i].value != NULL)
        memset(wanted[i].value, 'a' + (int)(object % 20), wanted[i].length);
  if (is("asks-at-every-signature"))
    for (i = 0; i < count; i++)
      if (wanted[i].type == ALWAYS_AUTHENTICATE && wanted[i].value != NULL)
        *(unsigned char *)wanted[i].value = 1;
  return rv;
}

/* Some drivers show nothing at all before a login; others lose the token while they are read. */
static rv_t find_objects_init(unsigned long session, attribute_t *wanted, unsigned long count) {
  static const unsigned long none = 0x7FFFFFFFUL;
  attribute_t nothing = { 0, (void *)&none, sizeof none };
  if (is("is-pulled-out-while-listing") && searches++ > 0) return DEVICE_REMOVED;
  may_talk("search");
  if (is("needs-login-to-list") && logins == 0) { wanted = &nothing; count = 1; }
  return ((rv_t (*)(unsigned long, attribute_t *, unsigned long))real.f[FIND_OBJECTS_INIT])(
      session, wanted, count);
}

static rv_t sign_init(unsigned long session, void *mechanism, unsigned long key) {
  confirmed = 0;
  return ((rv_t (*)(unsigned long, void *, unsigned long))real.f[SIGN_INIT])(session, mechanism,
                                                                           key);
}

static rv_t sign(unsigned long session, unsigned char *data, unsigned long length,
                 unsigned char *value, unsigned long *value_length) {
  may_hang_or_crash("sign");
  if (is("is-pulled-out-while-signing")) return DEVICE_REMOVED;
  if (is("loses-its-session") && signatures++ == 0) return SESSION_HANDLE_INVALID;
  if (is("asks-at-every-signature") && !confirmed) return USER_NOT_LOGGED_IN;
  return ((rv_t (*)(unsigned long, unsigned char *, unsigned long, unsigned char *,
                    unsigned long *))real.f[SIGN])(session, data, length, value, value_length);
}

rv_t C_GetFunctionList(list_t **out) {
  rv_t (*get)(list_t **);
  list_t *found = NULL;
  void *module = dlopen(REAL_MODULE, RTLD_NOW | RTLD_LOCAL);
  if (module == NULL) return DEVICE_ERROR;
  *(void **)&get = dlsym(module, "C_GetFunctionList");
  if (get == NULL || get(&found) != OK) return DEVICE_ERROR;
  real = *found;
  list = real;
  list.f[INITIALIZE] = (void *)initialize;
  list.f[GET_FUNCTION_LIST] = (void *)C_GetFunctionList;
  list.f[GET_SLOT_LIST] = (void *)get_slot_list;
  list.f[GET_SLOT_INFO] = (void *)get_slot_info;
  list.f[FIND_OBJECTS_INIT] = (void *)find_objects_init;
  list.f[GET_TOKEN_INFO] = (void *)get_token_info;
  list.f[OPEN_SESSION] = (void *)open_session;
  list.f[LOGIN] = (void *)login;
  list.f[GET_ATTRIBUTE_VALUE] = (void *)get_attribute_value;
  list.f[SIGN_INIT] = (void *)sign_init;
  list.f[SIGN] = (void *)sign;
  *out = &list;
  return OK;
}
