"""tantivy, a matcher engine in the manner of Lucene, over every phrase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from bench.peers.peer import HITS, NOT_OURS, Hit, Phrase

NO_SERVICE = "-"


class Tantivy:
    """BM25 over stemmed words."""

    keeps_names = True

    def build(self, phrases: Sequence[Phrase]) -> None:
        """Make an index in memory, written by one thread."""
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", tokenizer_name="en_stem", index_option="freq")
        schema.add_text_field("service", tokenizer_name="raw", index_option="basic")
        schema.add_integer_field("number", stored=True)
        self.schema = schema.build()
        self.index = tantivy.Index(self.schema)
        writer = self.index.writer(num_threads=1)
        for number, phrase in enumerate(phrases):
            service = phrase.service or NO_SERVICE
            writer.add_document(tantivy.Document(text=phrase.text, service=service, number=number))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def nearest(self, text: str, services: frozenset[str] | None) -> Iterable[Hit]:
        """The phrases that have any of the words."""
        query = self.index.parse_query_lenient(text, ["text"])[0]
        if services is not None:
            names = [NO_SERVICE if service == NOT_OURS else service for service in sorted(services)]
            among = Query.const_score_query(Query.term_set_query(self.schema, "service", names), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, among)])
        found = self.searcher.search(query, HITS, count=False).hits
        return [(self.searcher.doc(address)["number"][0], score) for score, address in found]
