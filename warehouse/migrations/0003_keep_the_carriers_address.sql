-- Keeps the address as the carrier wrote it, beside its normal form.
alter table documents add column carrier_url varchar;
