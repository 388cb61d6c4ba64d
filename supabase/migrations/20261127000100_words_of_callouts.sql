-- New words of the call-out engine, in a migration of their own: a value added to an enum can be used only after its transaction.
alter type app.verdict_code add value 'over_limit' before 'bad_data';
alter type app.verdict_code add value 'resting' before 'bad_data';
alter type app.verdict_code add value 'moved_on' before 'bad_data';
