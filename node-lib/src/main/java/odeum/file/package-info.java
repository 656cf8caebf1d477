/**
 * State on disk: tensors, JSON and graphs in one {@link odeum.file.Safetensors} file, readable from
 * Python. Reading checks everything and runs no code; whatever is wrong becomes one {@link
 * odeum.file.FileException}.
 */
package odeum.file;
