"""Tables that the analyser reads: word counts, lemmas and names; `building/` has the programs that rebuild them."""
