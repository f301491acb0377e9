"""Words everyone uses: sources, diagnostics, quantities, periods, codes, types. Standard library only."""
