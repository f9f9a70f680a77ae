"""Tables that the analyser reads, and the programs that rebuild them."""
