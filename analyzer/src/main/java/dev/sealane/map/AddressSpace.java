package dev.sealane.map;

import dev.sealane.facts.Cidr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The partition of all addresses, IPv4 and IPv6, by some ranges. */
final class AddressSpace {

    /**
     * Adjoining addresses of one family that are in the same ranges.
     *
     * @param bits as {@link Cidr#bits}
     */
    record Cell(BigInteger first, BigInteger last, int bits) {
        /** One address of it, which stands for all. */
        Cidr address() {
            return new Cidr(first, bits, bits);
        }
    }

    private AddressSpace() {}

    /** By family and address. */
    static List<Cell> cells(Collection<Cidr> ranges) {
        List<Cell> cells = new ArrayList<>();
        for (int bits : new int[] {32, 128}) {
            TreeSet<BigInteger> starts = new TreeSet<>(List.of(BigInteger.ZERO));
            BigInteger end = BigInteger.ONE.shiftLeft(bits);
            for (Cidr range : ranges) {
                if (range.bits() == bits) {
                    starts.add(range.address());
                    starts.add(range.address().add(BigInteger.ONE.shiftLeft(bits - range.prefix())));
                }
            }
            starts.add(end);
            BigInteger first = null;
            for (BigInteger start : starts) {
                if (first != null) {
                    cells.add(new Cell(first, start.subtract(BigInteger.ONE), bits));
                }
                first = start;
            }
        }
        return cells;
    }

    /** The fewest ranges that are just these cells. */
    static List<Cidr> merged(List<Cell> cells) {
        List<Cidr> ranges = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            BigInteger last = cell.last();
            while (i + 1 < cells.size()
                    && cells.get(i + 1).bits() == cell.bits()
                    && cells.get(i + 1).first().equals(last.add(BigInteger.ONE))) {
                last = cells.get(++i).last();
            }
            split(cell.first(), last, cell.bits(), ranges);
        }
        return ranges;
    }

    /** Takes the largest range that starts at the first address, again and again. */
    private static void split(BigInteger from, BigInteger last, int bits, List<Cidr> ranges) {
        BigInteger first = from;
        while (first.compareTo(last) <= 0) {
            int free = first.signum() == 0 ? bits : Math.min(bits, first.getLowestSetBit());
            int room = last.subtract(first).add(BigInteger.ONE).bitLength() - 1;
            int size = Math.min(free, room);
            ranges.add(new Cidr(first, bits - size, bits));
            first = first.add(BigInteger.ONE.shiftLeft(size));
        }
    }
}
