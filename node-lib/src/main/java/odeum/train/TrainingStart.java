package odeum.train;

/**
 * How a training went from one of its points to start from, see {@link Trainer#starts}.
 *
 * @param number counted from 1; the first point is the model's own
 * @param startLoss the loss there
 * @param loss the smallest loss it came to; of the validation samples, if there are any
 * @param epochs how many epochs were done
 * @param end why it ended
 * @param message how it ended, in a sentence
 * @param seconds how long it took
 */
public record TrainingStart(
    int number,
    double startLoss,
    double loss,
    int epochs,
    TrainingEnd end,
    String message,
    double seconds) {}
