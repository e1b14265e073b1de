//! Opportunities, written out: persons as far as the caller may read them.

use super::*;

on_both_databases!(
    opportunities_are_written_with_their_persons_as_far_as_the_caller_may_read_them,
    |db| async move {
        let books = books(&db).await;
        let sql = "INSERT INTO opportunity (id, kind, partner_id, state, state_since, transitions, name, description, customer_name, \
               name_key, province, city, industry, contact_name, contact_title, contact_phone, contact_email, \
               contact_hidden_by_partner, contact_hidden_by_vendor, presales_activities, demand_tag, services, decision_maker, need, \
               expected_amount, currency, expected_sign_on, customer_consent, stale, win_percent, shared_at, created_by, created_at, version) \
               VALUES ($1, $2, $3, $4, 0, 1, '=Cloud', '', 'Acme', 'acme', 'Shanghai', '', '', '张三', 'CIO', '13812345678', \
               'zhang@example.com', $5, $6, '[]', 'OTHER', '[]', '', 'need', 1500000, 'CNY', 20270331, $6, $6, 30, 0, 'x', 0, 1)";
        for (id, kind, state, hidden) in [
            (1_i64, "PO", "DRAFT", false),
            (2, "PO", "VERIFIED", false),
            (3, "PO", "IN_REVIEW", true),
            (4, "HO", "PENDING_ACCEPT", false),
        ] {
            let values =
                [id.into(), kind.into(), books.provider.0.into(), state.into(), hidden.into(), false.into()];
            domain::kernel::store::exec(books.world.store.db(), sql, values).await.unwrap();
        }
        let own = member_of(books.provider);
        let shown = [
            "state",
            "state_en",
            "state_zh",
            "contact_name",
            "contact_title",
            "contact_phone",
            "contact_email",
        ];
        let ask = async |context: &Context, month: &str| {
            let filter = ExportFilter { month: Some(tests::world::month(month)), ..ExportFilter::default() };
            let new = NewExport { what: ExportWhat::Opportunities, format: ExportFormat::Csv, filter };
            let id = books.ask_for(context, new).await;
            export(&books.world.store, id).await.unwrap();
            let bytes = books.bytes(id).await;
            let mut reader = csv::Reader::from_reader(&bytes[3..]);
            let head: Vec<_> = reader.headers().unwrap().iter().map(str::to_owned).collect();
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            (head, records)
        };
        let (head, records) = ask(&own, "2027-03").await;
        assert_eq!(
            columns(&head, &records, &shown),
            [
                "DRAFT|Draft|草稿|张三|CIO|13812345678|zhang@example.com",
                "IN_REVIEW|In review|审核中|张三|CIO|13812345678|zhang@example.com",
                "PENDING_ACCEPT|To be accepted|待接受|张*|CIO|138****5678|z***@example.com",
                "VERIFIED|Verified|机会点验证通过|张三|CIO|13812345678|zhang@example.com",
            ]
        );
        let more = [
            "name",
            "currency",
            "expected_amount",
            "expected_sign_on",
            "win_percent",
            "stale",
            "partner_name",
        ];
        let first = columns(&head, &records, &more);
        assert_eq!(first[0], "'=Cloud|CNY|1.50|2027-03-31|30|false|'=Provider, \"1\"");
        let (head, records) = ask(&books.world.context, "2027-03").await;
        assert_eq!(
            columns(&head, &records, &shown),
            [
                "IN_REVIEW|In review|审核中||||",
                "PENDING_ACCEPT|To be accepted|待接受|张*|CIO|138****5678|z***@example.com",
                "VERIFIED|Verified|机会点验证通过|张*|CIO|138****5678|z***@example.com",
            ]
        );
        assert!(ask(&own, "2027-04").await.1.is_empty());
        assert!(ask(&member_of(books.reseller), "2027-03").await.1.is_empty());
    }
);
