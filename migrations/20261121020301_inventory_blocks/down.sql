DROP TABLE inventory.blocks;
