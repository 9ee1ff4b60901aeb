#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind key_pair{
    .name = "key_pair",
    .help = "The public half of an SSH key, for logging in to instances.",
    .schema =
        {
            text("public_key", "One line in OpenSSH form, such as ssh-ed25519 AAAA... name")
                .required()
                .check(check::public_key),
            output("name", "Name in the cloud"),
            output("fingerprint", "Digest of the key"),
        },
};

}  // namespace stackctl::kinds
