package odeum.magics;

import java.util.List;

/**
 * One option of a magic, as data for the parser, the help text and completion.
 *
 * @param name the long name, without dashes
 * @param flag the short flag, one letter, or empty
 * @param value what follows the option
 * @param placeholder how help names the value
 * @param choices the words the value is made of; empty when anything goes
 * @param standard what holds without the option, for help; empty when there is nothing to say
 * @param help what it does, in a few words
 */
public record Option(
    String name,
    String flag,
    Value value,
    String placeholder,
    List<String> choices,
    String standard,
    String help) {

  /** What follows an option. */
  public enum Value {
    /** Nothing. */
    NONE,
    /** The name of a Java variable to declare. */
    VARIABLE,
    /** A number, or a Java expression that gives one. */
    NUMBER,
    /** A whole number above zero, or a Java expression that gives one. */
    COUNT,
    /** Two numbers, each a word of its own. */
    SPAN,
    /** {@code a=1,b=2}; the right-hand sides are numbers or Java expressions. */
    ASSIGNMENTS,
    /** One of the choices. */
    CHOICE,
    /** Some of the choices, with commas between. */
    CHOICES,
    /** Any text. */
    TEXT;

    int words() {
      return switch (this) {
        case NONE -> 0;
        case SPAN -> 2;
        default -> 1;
      };
    }
  }

  public Option {
    choices = List.copyOf(choices);
  }

  static Option of(String name, Value value, String placeholder, String help) {
    return new Option(name, "", value, placeholder, List.of(), "", help);
  }

  static Option toggle(String name, String help) {
    return of(name, Value.NONE, "", help);
  }

  static Option choice(String name, List<String> choices, String help) {
    return new Option(name, "", Value.CHOICE, String.join("|", choices), choices, "", help);
  }

  static Option choices(String name, List<String> choices, String help) {
    return new Option(name, "", Value.CHOICES, String.join(",", choices), choices, "", help);
  }

  Option flag(String letter) {
    return new Option(name, letter, value, placeholder, choices, standard, help);
  }

  Option standard(String text) {
    return new Option(name, flag, value, placeholder, choices, text, help);
  }

  Option placeholder(String text) {
    return new Option(name, flag, value, text, choices, standard, help);
  }

  /** {@return how the option is written first in messages: {@code -s} or {@code --rtol}} */
  public String shown() {
    return flag.isEmpty() ? "--" + name : "-" + flag;
  }
}
