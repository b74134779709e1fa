DROP TABLE tenancy.one_use_links;
DROP TABLE tenancy.invitations;
