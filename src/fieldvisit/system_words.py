"""What the operating system says of a file, in the user's language."""

import errno

from fieldvisit.language import N_, _

_SENTENCES = {
    errno.ENOENT: N_("it does not exist"),
    errno.EACCES: N_("permission was denied"),
    errno.EPERM: N_("permission was denied"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("it is not a folder"),
    errno.ENOSPC: N_("there is no room left"),
    errno.EROFS: N_("the medium is read-only"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENXIO: N_("it is a pipe or a device"),
    errno.ELOOP: N_("its links lead in a circle"),
    errno.EBADF: N_("it is closed"),
}


def reason(error: OSError) -> str:
    """Return why it failed; what has no sentence of ours stays in the system's words."""
    sentence = _SENTENCES.get(error.errno or 0)
    return _(sentence) if sentence else error.strerror or type(error).__name__
