/* Empty: sysctlbyname is declared by macos.h. */
