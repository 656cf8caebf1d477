/**
 * The library seen from a notebook, whatever the kernel: each magic is a few lines over the plain
 * Java API. A kernel's adapter hands a line to {@link odeum.magics.Catalogue}, which parses it and
 * runs the {@link odeum.magics.Magic} against the kernel's {@link odeum.magics.KernelPort}.
 */
package odeum.magics;
