/* NSS softokn as a PKCS#11 module for tests: it wants its database named when it is initialised,
 * which no other module does; the name comes from NSS_DATABASE.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

typedef unsigned long rv_t;
typedef struct { unsigned char major, minor; } version_t;
typedef struct { version_t version; void *f[68]; } list_t;
typedef struct { void *locks[4]; unsigned long flags; char *parameters; void *reserved; } args_t;

enum { INITIALIZE = 0, OS_LOCKING_OK = 2, GENERAL_ERROR = 5 };

static list_t real, list;

static rv_t initialize(void *arguments) {
  static char parameters[4096];
  static args_t named;
  (void)arguments;
  snprintf(parameters, sizeof parameters,
           "configdir='sql:%s' certPrefix='' keyPrefix='' secmod='secmod.db' flags=readOnly",
           getenv("NSS_DATABASE"));
  named.flags = OS_LOCKING_OK;
  named.parameters = parameters;
  return ((rv_t (*)(void *))real.f[INITIALIZE])(&named);
}

rv_t C_GetFunctionList(list_t **out) {
  rv_t (*get)(list_t **);
  list_t *found = NULL;
  void *module = dlopen(REAL_MODULE, RTLD_NOW | RTLD_LOCAL);
  if (module == NULL) return GENERAL_ERROR;
  *(void **)&get = dlsym(module, "C_GetFunctionList");
  if (get == NULL || get(&found) != 0) return GENERAL_ERROR;
  real = *found;
  list = real;
  list.f[INITIALIZE] = (void *)initialize;
  *out = &list;
  return 0;
}
