package odeum.kernel;

import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;

/** How one request is answered: its cell's threads send through the {@link Publisher}. */
final class CellEnvironment extends ShellReplyEnvironment {
  private static final long LOOK_MILLIS = 20;

  private final Thread handler = Thread.currentThread();
  private final StdinChannel answers;
  private final Publisher publisher;
  private final CellIo io;

  CellEnvironment(
      ShellChannel shell,
      StdinChannel stdin,
      IOPubChannel iopub,
      MessageContext context,
      Publisher publisher,
      CellIo io) {
    super(shell, stdin, iopub, context);
    this.answers = stdin;
    this.publisher = publisher;
    this.io = io;
  }

  @Override
  public void publish(Message<?> message) {
    if (Thread.currentThread() == handler) {
      super.publish(message);
    } else {
      publisher.post(() -> getIopub().sendMessage(message));
    }
  }

  /** Asks the user; an interrupt ends the wait. */
  @Override
  public String readFromStdIn(String prompt, boolean isPassword) {
    io.drain();
    var question =
        new Message<>(
            getContext(), InputRequest.MESSAGE_TYPE, new InputRequest(prompt, isPassword));
    publisher.post(
        () -> {
          // An answer that came after an interrupt answers an older question.
          while (isThere()) {
            answers.readMessage();
          }
          answers.sendMessage(question);
        });
    String[] answer = new String[1];
    while (answer[0] == null) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new CellStop();
      }
      publisher.post(
          () -> {
            if (isThere()) {
              Message<InputReply> reply = answers.readMessage(InputReply.MESSAGE_TYPE);
              answer[0] = reply.getContent().getValue() + System.lineSeparator();
            }
          });
      publisher.await();
    }
    return answer[0];
  }

  private boolean isThere() {
    return (answers.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }
}
