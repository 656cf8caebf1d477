package odeum.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The types of numbers in a safetensors file that fit into doubles. All are little-endian. */
enum DataType {
  F64(8) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getDouble();
    }
  },
  F32(4) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  F16(2) {
    @Override
    double get(ByteBuffer bytes) {
      return Float.float16ToFloat(bytes.getShort());
    }
  },
  /** The upper half of an F32. */
  BF16(2) {
    @Override
    double get(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  I64(8) {
    @Override
    double get(ByteBuffer bytes) {
      long value = bytes.getLong();
      if ((long) (double) value != value || value == Long.MAX_VALUE) {
        throw new IllegalArgumentException(
            "the whole number " + value + " is no double, which holds 53 bits");
      }
      return value;
    }
  },
  I32(4) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  I16(2) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  I8(1) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  U32(4) {
    @Override
    double get(ByteBuffer bytes) {
      return Integer.toUnsignedLong(bytes.getInt());
    }
  },
  U16(2) {
    @Override
    double get(ByteBuffer bytes) {
      return Short.toUnsignedInt(bytes.getShort());
    }
  },
  U8(1) {
    @Override
    double get(ByteBuffer bytes) {
      return Byte.toUnsignedInt(bytes.get());
    }
  },
  BOOL(1) {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  };

  private final int width;

  DataType(int width) {
    this.width = width;
  }

  /** {@return how many bytes one number takes} */
  int width() {
    return width;
  }

  /** {@return the next number} */
  abstract double get(ByteBuffer bytes);

  static DataType named(String name) {
    List<DataType> all = List.of(values());
    return all.stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its type '%s' is none of %s, which fit into doubles"
                        .formatted(name, Arrays.toString(values()))));
  }
}
