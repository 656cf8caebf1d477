package odeum.kernel;

import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.MessageType;

/**
 * The answer to a cell that was queued behind a failing one. JJava's own replies know only ok and
 * error.
 */
final class AbortedReply implements ContentType<AbortedReply> {
  // Read by the JSON writer.
  @SuppressWarnings("unused")
  private final String status = "aborted";

  @Override
  @SuppressWarnings("unchecked")
  public MessageType<AbortedReply> getType() {
    MessageType<?> executeReply = MessageType.EXECUTE_REPLY;
    return (MessageType<AbortedReply>) executeReply;
  }
}
